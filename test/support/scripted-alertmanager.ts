import type { Matcher, Silence } from '../../src/domain/window/silence.ts';
import type { Alertmanagers, AlertNow, Asked } from '../../src/usecases/silence-port.ts';

/** An alert that it has. */
export function alertThere(fingerprint: string, labels: Readonly<Record<string, string>> = {}): AlertNow {
  const { alertname = fingerprint } = labels;
  return { fingerprint, labels, annotations: { summary: `${alertname} is bad` }, silencedBy: [], inhibited: false };
}

function fits({ name, value, isRegex, isEqual = true }: Matcher, labels: Readonly<Record<string, string>>): boolean {
  const own = labels[name] ?? '';
  const [, flag = '', pattern = ''] = /^(\(\?i\))?(.*)$/s.exec(value) ?? [];
  const matches = isRegex ? new RegExp(`^(?:${pattern})$`, flag === '' ? 'u' : 'iu').test(own) : own === value;
  return matches === isEqual;
}

/** An Alertmanager in the test's hands: what it has, and whether it is there. */
export function scriptedAlertmanager() {
  const silences = new Map<string, Silence>();
  const state = { away: false, alerts: [] as AlertNow[], dies: false, upSince: new Date(0), asked: 0 };
  const answer = async <Value>(value: () => Value): Promise<Asked<Value>> => {
    state.asked += 1;
    return state.away ? { ok: false, problem: 'it cannot be reached' } : { ok: true, value: value() };
  };
  const api: Alertmanagers = {
    silences: () => answer(() => [...silences.values()]),
    put: async (_at, draft) => {
      const id = draft.id ?? `s${silences.size + 1}`;
      const put = await answer(() => id);
      if (put.ok) silences.set(id, { ...draft, id, state: 'active' });
      // As after a SIGKILL between the call and the record.
      if (state.dies) throw new Error('killed');
      return put;
    },
    expire: (_at, id) =>
      answer(() => {
        const silence = silences.get(id);
        if (silence !== undefined) silences.set(id, { ...silence, state: 'expired' });
        return null;
      }),
    alerts: (_at, matchers) =>
      answer(() => state.alerts.filter(({ labels }) => matchers.every((one) => fits(one, labels)))),
    upSince: () => answer(() => state.upSince),
  };
  return { api, state, silences, active: () => [...silences.values()].filter((one) => one.state === 'active') };
}
