import type { Conversation, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { negotiateAny, negotiateSmb2 } from "./smb/request.ts";
import { message, sessionRefusal, sessionRequest, sessionUnit } from "./smb/session.ts";
import { smb1Fields } from "./smb/smb1.ts";
import { type Smb2Negotiated, smb2Fields } from "./smb/smb2.ts";

/**
 * SMB (MS-SMB2, MS-CIFS): the dialect that the server chooses, who it is, and whether it signs. The conversation ends
 * before a user is named.
 */
export const smb: ProbeProtocol = {
  name: "smb",
  services: ["microsoft-ds"],
  ports: [{ protocol: "tcp", port: 445 }],
  tcp: (context) => conversation(context, false),
};

/** SMB inside NetBIOS (RFC 1002 section 4.3), whose session is asked for first. */
export const smbOverNetbios: ProbeProtocol = {
  name: "smb-netbios",
  services: ["netbios-ssn"],
  ports: [{ protocol: "tcp", port: 139 }],
  tcp: (context) => conversation(context, true),
};

/** A reply to a negotiation is no longer, in bytes. */
const LONGEST = 65_536;

function conversation({ nonce }: ProbeContext, netbios: boolean): Conversation {
  let session = !netbios;
  let negotiated: Smb2Negotiated | undefined;
  const any = message(negotiateAny());
  return {
    first: session ? any : sessionRequest(),
    next(received, ended) {
      const unit = sessionUnit(received, LONGEST);
      if (unit === "unfinished" && !ended) return { more: true };
      if (typeof unit === "string") return negotiated === undefined ? { foreign: true } : answer(negotiated.fields);
      if (!session) {
        const refusal = sessionRefusal(unit);
        if (refusal !== undefined) return refusal === "none" ? { foreign: true } : answer({ refusal });
        session = true;
        return ended ? answer({ session: "granted" }) : { send: any };
      }
      const smb1 = smb1Fields(unit.content);
      if (smb1 !== undefined) return answer(smb1);
      const smb2 = smb2Fields(unit.content);
      if (smb2 === undefined) return { foreign: true };
      if (!smb2.wantsDialects || negotiated !== undefined || ended) return answer(smb2.fields);
      // It knows dialects that its answer to the first question cannot name (MS-SMB2 section 3.3.5.3.2).
      negotiated = smb2;
      return { send: message(negotiateSmb2(nonce)) };
    },
  };
}

function answer(fields: ProbeAnswer["fields"]) {
  return { answer: { protocol: "smb", fields } };
}
