/** Where a field can be learned at all. */
export type Platform = "linux" | "windows";

/**
 * What a field holds. A list of words is "one of these"; `time` is ISO 8601 in UTC with microseconds; a `record`'s names are
 * open; a `value` is whatever JSON can hold.
 */
export type Type =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "time"
  | "value"
  | readonly string[]
  | { readonly list: Type }
  | { readonly record: Type }
  | { readonly fields: Fields };

/** One field of a document. What is `optional` is absent where it cannot be known: never 0, "" or null instead. */
export type Field = {
  readonly type: Type;
  /** One sentence for a reader of the documentation. */
  readonly text: string;
  readonly unit?: string;
  readonly optional?: true;
  /** Absent: every platform. */
  readonly platforms?: readonly Platform[];
};

/** The fields of an object, in the order in which they are written. */
export type Fields = { readonly [name: string]: Field };

/** One kind of document: its schema's name is the word that its first field holds. */
export type DocumentDefinition = {
  /** `portolan.NAME/MAJOR` */
  readonly schema: string;
  readonly text: string;
  /** The command that writes it. */
  readonly command: string;
  readonly fields: Fields;
};

/** A value of JSON without null, which nothing here means. */
export type Value = string | number | boolean | Value[] | { [name: string]: Value };

/** The TypeScript type of a value that a `Type` describes. */
export type ValueOf<T> = T extends "string" | "time"
  ? string
  : T extends "value"
    ? Value
    : T extends "integer" | "number"
      ? number
      : T extends "boolean"
        ? boolean
        : T extends readonly (infer Word)[]
          ? Word
          : T extends { list: infer Item }
            ? ValueOf<Item>[]
            : T extends { record: infer Item }
              ? Record<string, ValueOf<Item>>
              : T extends { fields: infer Inner extends Fields }
                ? DocumentOf<Inner>
                : never;

/** The TypeScript type of an object with these fields. */
export type DocumentOf<F extends Fields> = {
  -readonly [Name in keyof F as F[Name] extends { optional: true } ? never : Name]: ValueOf<F[Name]["type"]>;
} & { -readonly [Name in keyof F as F[Name] extends { optional: true } ? Name : never]?: ValueOf<F[Name]["type"]> };
