/** The names of the bits that are set in `value`, in the order of the table. */
export function flagNames(value: number, table: readonly (readonly [bit: number, name: string])[]): string[] {
  return table.flatMap(([bit, name]) => ((value & bit) === 0 ? [] : [name]));
}
