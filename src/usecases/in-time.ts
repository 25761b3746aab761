/** What comes within so many milliseconds, else null. What comes later is dropped, also its fault; nothing is stopped. */
export async function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
