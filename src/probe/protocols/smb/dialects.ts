/** Dialects of SMB 2 and 3 that end a negotiation (MS-SMB2 section 2.2.4). */
export const DIALECTS: { [revision: number]: string } = {
  514: "2.0.2",
  528: "2.1",
  768: "3.0",
  770: "3.0.2",
  785: "3.1.1",
};

/** The answer to a request of SMB 1 by a server that knows more than 2.0.2: the dialects are to be named again. */
export const ANY_DIALECT = 0x02ff;
