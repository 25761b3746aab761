/** Characters that steer a screen or turn the direction of what follows. Letters of any script and joined emoji have none. */
const CONTROLS = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/** A text as it may be shown anywhere: no escape sequence of a terminal works in it, and none of it runs backwards. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROLS, '');
}

/** A person's words as the log keeps them: without control characters, each line end the same, none around them. */
export function cleaned(text: string): string {
  return withoutControls(text.replaceAll(/\r\n?/g, '\n')).trim();
}
