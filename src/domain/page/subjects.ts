import type { PageSubject } from './events.ts';

/** What a page is about, as one word to search by: `INC-1`, `checks:7`; null for what somebody asked for. */
export function aboutWord(subject: PageSubject): string | null {
  switch (subject.of) {
    case 'incident':
      return `INC-${subject.incident}`;
    case 'checks':
      return `checks:${subject.group}`;
    case 'manual':
      return null;
  }
}
