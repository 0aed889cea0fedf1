/** What `portolan --help` prints. */
export const HELP = `Portolan charts which TCP and UDP ports every application on this computer uses.

Usage: portolan VERB [OPTION…]

  run -- COMMAND…   which ports does this application use?
  ls [FILTER…]      what is in use right now, and by whom?
  query HOST        is that remote port listening, and what answers?
  doctor            what works on this machine, and how to get the rest?

  portolan VERB --help   describes a verb
  portolan --version     prints the version
`;
