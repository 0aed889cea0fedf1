/** What `portolan --help` prints. */
export const HELP = `Portolan charts which TCP and UDP ports every application on this computer uses.

Usage: portolan VERB [OPTION…]

  run -- COMMAND…   which ports does this application use?
  mark TEXT         which function of it is exercised from now on?
  ls [FILTER…]      what is in use right now, and by whom?
  record            keeps who used which port, when and with whom, for months
  watch [FILTER…]   what changes, as it happens?
  who ENDPOINT      which application used this port or peer, then?
  apps              which applications have been recorded?
  app NAME          what has been recorded of one application?
  query HOST        is that remote port listening, and what answers?
  portqry …         PortQry's switches, output and exit status
  import FILE…      reads logs of Port Reporter into a record of their own
  manifest ACTION   what does the author of an application state?
  verify MANIFEST -- COMMAND…
                    does the application keep to what its manifest states?
  diff A B          what changed from one manifest or profile to another?
  service ACTION    runs the recorder as a service of this machine
  doctor            what works on this machine, and how to get the rest?

  portolan VERB --help   describes a verb
  portolan --version     prints the version
`;
