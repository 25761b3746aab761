/**
 * Why something was not done. `code` is one of a closed set per area; `message` is the sentence for a person, saying
 * what was wrong and what would have been right; `field` names the modal input it belongs to, where there is one.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly field?: string;
}

/** A verb's result. Bad input and rules that say no are values; only faults are thrown. */
export type Outcome<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> };

export function done<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refused<Code extends string>(
  code: Code,
  message: string,
  field?: string,
): { ok: false; refusal: Refusal<Code> } {
  return { ok: false, refusal: field === undefined ? { code, message } : { code, message, field } };
}
