/** A function that is read, and made, when it is first called: a start does not wait for what is rarely needed. */
export function whenFirstUsed<Args extends readonly unknown[], Result>(
  make: () => Promise<(...args: Args) => Promise<Result>>,
): (...args: Args) => Promise<Result> {
  let made: ReturnType<typeof make> | undefined;
  return async (...args) => {
    made ??= make();
    return (await made)(...args);
  };
}
