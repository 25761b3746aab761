/**
 * A value the spec names as `env:NAME`. It can be used, and cannot be shown by accident: as text, as JSON and in
 * `util.inspect` it is only the name it came by. Equal in the stored spec whatever its value, so that changing a
 * password is not a change of the spec.
 */
export class Secret {
  readonly name: string;
  readonly #value: string;

  /** @param name the environment variable, without `env:`. */
  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
  }

  /** The value itself, for the one call that needs it. Never log, store or post what this returns. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return `env:${this.name}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** The plain text behind a value that may have been written as `env:NAME`. */
export function reveal(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/**
 * The values of all secrets anywhere inside a spec, for the log to take out of its lines; of an address also the password
 * in it, which drivers quote on its own.
 */
export function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) return withPassword(value.reveal());
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

function withPassword(value: string): string[] {
  const written = URL.canParse(value) ? new URL(value).password : '';
  if (written === '') return [value];
  // Read as a query is read: a stray "%" stays what it is instead of being an error.
  const password = new URLSearchParams(`password=${written.replaceAll('+', '%2B')}`).get('password') ?? written;
  return [value, password];
}
