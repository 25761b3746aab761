import type { PathFault } from './faults.ts';
import { isMap, valuesAt } from './written.ts';

/** Who may start what alters something, let it go ahead, and take a spec that holds such duties. */
const TO_SAY = ['duty.run', 'duty.approve', 'ops.spec'];

/** A spec whose duties run something by themselves, and that would leave it open to everyone by saying nothing. */
export function unsaidPermissionFaults(spec: unknown): PathFault[] {
  const [first] = valuesAt(spec, 'duties.*.run');
  if (first === undefined) return [];
  const written = valuesAt(spec, 'permissions')[0]?.value;
  if (written !== undefined && !isMap(written)) return [];
  const unsaid = TO_SAY.filter((verb) => written?.[verb] === undefined);
  if (unsaid.length === 0) return [];
  const write = `permissions: { ${unsaid.map((verb) => `${verb}: { teams: [...] }`).join(', ')} }`;
  return written === undefined
    ? [{ path: first.path, message: `is open to everyone unless the spec says otherwise; write ${write}, or everyone` }]
    : [
        {
          path: ['permissions'],
          message: `says not who may ${unsaid.join(', ')}, and a duty has a run; write { teams: [...] } for each, or everyone`,
        },
      ];
}
