/** Is it that nothing of that name is there? */
export function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
}

/** For `catch`: null where nothing of that name is there. @throws every other fault */
export function notThere(fault: unknown): null {
  if (isMissing(fault)) return null;
  throw fault;
}
