/** Whether an incident, a run or a window could have this number: beyond what the column holds, PostgreSQL refuses to compare. */
export const mayExist = (number: number): boolean => number <= 2_147_483_647;
