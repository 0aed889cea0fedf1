import { describe } from "vitest";
import { vsftpd } from "./programs/vsftpd.ts";
import { sameAsStrace } from "./truth.ts";

describe("vsftpd with passive data ports", () => {
  sameAsStrace(vsftpd, {
    needs: ["vsftpd", "curl"],
    expected: {
      listens: [
        "tcp 127.0.0.1:<ftp> chosen by application, used from 127.0.0.1",
        "tcp 127.0.0.1:<passive> chosen by application, used from 127.0.0.1",
      ],
    },
  });
});
