/**
 * Does the work once for all who ask within `ms` milliseconds of its end, and never twice at the same time: whoever asks
 * while it is under way gets that answer. What it throws is not kept.
 *
 * @param elapsed milliseconds of a clock that only goes forward
 */
export function sharedAnswer<Answer>(
  ms: number,
  elapsed: () => number,
  work: () => Promise<Answer>,
): () => Promise<Answer> {
  let underWay: Promise<Answer> | null = null;
  let last: { readonly answer: Answer; readonly at: number } | null = null;
  return () => {
    if (underWay !== null) return underWay;
    if (last !== null && elapsed() - last.at < ms) return Promise.resolve(last.answer);
    underWay = work()
      .then((answer) => {
        last = { answer, at: elapsed() };
        return answer;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
}
