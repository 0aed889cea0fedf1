/** A mistake on PortQry's command line, or something that it cannot do: printed as it is, and the status is 99. */
export class PortqryMistake extends Error {}

/** The status of every error. Microsoft documents none; one wrapper observed this one. */
export const ERROR_STATUS = 99;
