/** Exit statuses, as the contract lists them; the numbers above 63 follow sysexits.h. */
export const EXIT = {
  done: 0,
  no: 1,
  undecided: 2,
  usage: 64,
  badInput: 65,
  unavailable: 69,
  bug: 70,
  inputOutput: 74,
  notPermitted: 77,
  badConfiguration: 78,
  /** `run` only: Portolan itself failed. */
  runFailed: 125,
  /** `run` only: the command exists and cannot be executed. */
  notExecutable: 126,
  /** `run` only: the command was not found. */
  commandNotFound: 127,
} as const;
