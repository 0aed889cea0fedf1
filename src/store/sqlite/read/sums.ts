import { HOUR } from "../hours.ts";

/**
 * Selects what usages add up to over everything recorded: the sum that their row has, and the hours from there on.
 * `usages` names the table `usage`, perhaps joined to what narrows it; `more` are columns of it, each with a comma behind.
 */
export function sumsSql(usages: string, more = ""): string {
  return `
    select usage.id as usage, ${more}
      usage.flows + coalesce(sum(hourly.flows), 0) as flows,
      usage.failed + coalesce(sum(hourly.failed), 0) as failed,
      coalesce(usage.bytes_in + sum(hourly.bytes_in), usage.bytes_in, sum(hourly.bytes_in)) as bytesIn,
      coalesce(usage.bytes_out + sum(hourly.bytes_out), usage.bytes_out, sum(hourly.bytes_out)) as bytesOut,
      min(coalesce(usage.first, min(hour * ${HOUR} + hourly.first)), coalesce(min(hour * ${HOUR} + hourly.first), usage.first))
        as first,
      max(coalesce(usage.last, max(hour * ${HOUR} + hourly.last)), coalesce(max(hour * ${HOUR} + hourly.last), usage.last))
        as last
    from ${usages} left join hourly on hourly.usage = usage.id and hourly.hour >= usage.summed
    group by usage.id having coalesce(usage.first, min(hourly.first)) is not null`;
}
