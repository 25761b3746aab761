import type { Session } from '../session.ts';
import { type Section, section } from './section.ts';

// A role that may not look into others' connections sees the database of each, and neither its kind nor its state.
const COUNT = `
  select count(*)::int as used,
    count(*) filter (where datname = current_database())::int as here,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'idle')::int as idle,
    count(*) filter (where state like 'idle in transaction%')::int as waiting,
    count(*) filter (where state is null)::int as hidden,
    current_setting('max_connections')::int as max,
    current_setting('superuser_reserved_connections')::int as reserved
  from pg_stat_activity where backend_type = 'client backend' or (backend_type is null and datid is not null)`;

interface Count {
  used: number;
  here: number;
  active: number;
  idle: number;
  waiting: number;
  hidden: number;
  max: number;
  reserved: number;
}

/** Connections in use against how many there can be, of the whole server: that is where they run out. */
export async function connections(session: Session): Promise<Section> {
  const [row] = await session.rows<Count>(COUNT);
  if (row === undefined) throw new Error('a count gave no row');
  const { used, here, active, idle, waiting, hidden, max, reserved } = row;
  const words = `${used} of ${max - reserved} connections in use`;
  const states = `${active} active, ${idle} idle, ${waiting} idle in a transaction`;
  const unseen = hidden === 0 ? '' : `, ${hidden} whose state this role may not see`;
  return section(
    'Connections',
    [
      `${words} (${Math.round((100 * used) / (max - reserved))}%; ${reserved} more for superusers)`,
      `${here} to this database`,
      `${states}${unseen}`,
    ],
    words,
  );
}
