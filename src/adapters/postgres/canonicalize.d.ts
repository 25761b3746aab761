/** The package is CommonJS and exports the function itself; its own declarations describe an ES module. */
declare module 'canonicalize' {
  /** RFC 8785; undefined for what JSON cannot express. Throws on NaN and infinities. */
  export default function canonicalize(value: unknown): string | undefined;
}
