/** What was typed, understood; or the sentence that says which word was not and what is allowed instead. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

export const understood = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
export const problem = (sentence: string): { ok: false; problem: string } => ({ ok: false, problem: sentence });
