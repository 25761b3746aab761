import { slugOf } from '../domain/status/slug.ts';
import type { PathFault } from './faults.ts';
import { valuesAt } from './written.ts';

/** What is wrong with what the spec has for everybody: a page without services, and services that nobody can tell apart. */
export function publicFaults(spec: unknown): PathFault[] {
  return [...emptyPage(spec), ...sameNames(spec)];
}

function emptyPage(spec: unknown): PathFault[] {
  const [isPublic] = valuesAt(spec, 'status.public');
  if (isPublic?.value !== true || valuesAt(spec, 'services.*.public').length > 0) return [];
  const message =
    'is true, and no service has `public`; write such as services: { checkout: { public: { name: Checkout } } }';
  return [{ path: isPublic.path, message }];
}

/** The page and its addresses know a service by its public name alone. */
function sameNames(spec: unknown): PathFault[] {
  const seen = new Map<string, unknown>();
  return valuesAt(spec, 'services.*.public.name').flatMap(({ path, value }) => {
    if (typeof value !== 'string') return [];
    const slug = slugOf(value);
    const other = seen.get(slug);
    seen.set(slug, value);
    if (other === undefined) return [];
    return [
      { path, message: `is "${value}", which cannot be told from "${String(other)}" before it; give it another name` },
    ];
  });
}
