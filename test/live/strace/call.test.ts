import { describe, expect, it } from "vitest";
import { calls } from "./call.ts";

const captured = `7274  00:38:38.553750 socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3<socket:[13805]>
7274  00:38:38.554610 accept4(3<socket:[13805]>,  <unfinished ...>
7275  00:38:38.554766 close(3<socket:[13805]>)   = 0
7274  00:38:38.568503 <... accept4 resumed>{sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, [16], 0) = 5<socket:[13807]>
7275  00:38:38.568600 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=1} ---
7275  00:38:38.568802 connect(4<socket:[13806]>, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)
7275  00:38:38.568803 sendto(4<socket:[13806]>, ") = 7 <unfinished", 17, 0, NULL, 0) = 17
7274  00:38:38.568900 recvfrom(5<socket:[13807]>,  <unfinished ...>) = ?
7274  00:38:38.568901 +++ killed by SIGKILL +++
7275  00:38:38.568902 accept(9<socket:[1]>, NULL, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)
7275  00:38:38.568903 +++ exited with 0 +++
`;

describe("calls", () => {
  const found = calls(captured);

  it("joins what strace split, in the order in which calls returned", () => {
    expect(found.map(({ thread, name }) => `${thread} ${name}`)).toEqual([
      "7274 socket",
      "7275 close",
      "7274 accept4",
      "7275 connect",
      "7275 sendto",
      "7275 accept",
      "7274 recvfrom",
    ]);
    expect(found[2]).toMatchObject({ inode: 13805, returnedInode: 13807, value: 5 });
    expect(found[2]?.arguments).toContain("htons(9)");
  });

  it("reads errors, and keeps what a program sent apart from what strace says", () => {
    expect(found[3]).toMatchObject({ value: -1, error: "EINPROGRESS", inode: 13806 });
    expect(found[4]).toMatchObject({ value: 17, inode: 13806 });
  });

  it("gives no value to a call that did not return", () => {
    expect(found[5]?.value).toBeUndefined();
    expect(found[6]?.value).toBeUndefined();
  });
});
