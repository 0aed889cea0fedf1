/**
 * From how many microseconds on a flow is long: five minutes. Layouts have the same figure in the index `flow_long`, which
 * answers what was open at a moment, together with a scan of the flows that began within this time before it.
 */
export const LONG = 300_000_000;
