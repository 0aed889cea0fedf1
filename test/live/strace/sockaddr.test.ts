import { describe, expect, it } from "vitest";
import { endpointIn } from "./sockaddr.ts";

const six = (address: string, port: number, scope: string) =>
  `{sa_family=AF_INET6, sin6_port=htons(${port}), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "${address}", &sin6_addr), sin6_scope_id=${scope}}`;

describe("endpointIn", () => {
  it.each([
    ['{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}', { address: "10.0.0.1", port: 53 }],
    [six("::", 0, "0"), { address: "::", port: 0 }],
    [six("::ffff:127.0.0.1", 59952, "0"), { address: "::ffff:127.0.0.1", port: 59952 }],
    [six("fe80::1", 7, 'if_nametoindex("eth0")'), { address: "fe80::1%eth0", port: 7 }],
    [six("fe80::1", 7, "3"), { address: "fe80::1%3", port: 7 }],
  ])("reads %s", (text, endpoint) => {
    expect(endpointIn(`4<socket:[1]>, ${text}, 16`)).toEqual(endpoint);
  });

  it.each([
    ['{sa_family=AF_UNIX, sun_path="/run/x"}'],
    ['{sa_family=AF_UNSPEC, sa_data="\\0"}'],
    ["NULL, 0"],
    // What a program sent: strace escapes its quotation marks.
    ['"{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\\"10.0.0.1\\")}", 60, 0, NULL, 0'],
  ])("finds none in %s", (text) => {
    expect(endpointIn(text)).toBeUndefined();
  });
});
