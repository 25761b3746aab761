/** How far the occurrences of a duty have become runs. Every one due until `through` is a run; those after it are not yet. */
export interface DutyPlan {
  /** Key of the duty. */
  readonly duty: string;
  /** ISO, UTC. */
  readonly through: string;
  /** Since when the spec has it no more; null while it does. */
  readonly goneSince: string | null;
}
