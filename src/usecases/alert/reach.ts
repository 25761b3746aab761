import type { Target } from '../../domain/spec/target.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { AlertmanagerAddress, Alertmanagers, Asked } from '../silence-port.ts';

/** An Alertmanager of the spec that can be asked. */
export type ConnectedAlertmanager = Target & AlertmanagerAddress;

/** Those of the spec, by their targets' keys. */
export function connectedAlertmanagers({
  targets,
}: Pick<OperationsSpec, 'targets'>): [string, ConnectedAlertmanager][] {
  return Object.entries(targets).flatMap(([key, target]) =>
    target.kind === 'alertmanager' && 'url' in target ? [[key, target] as [string, ConnectedAlertmanager]] : [],
  );
}

/** The label by which alerts name their service, where the spec does not say. */
const SERVICE_LABEL = 'service';

export function serviceLabelOf({ serviceLabel = SERVICE_LABEL }: Pick<Target, 'serviceLabel'>): string {
  return serviceLabel;
}

/**
 * The same for one look at many things: one that could not be asked, or that did not answer when something was put or ended, is not asked
 * again, so that the look waits for each once; and what is silenced is asked for once.
 */
export function askedOnce(alertmanagers: Alertmanagers): Alertmanagers {
  const away = new Map<AlertmanagerAddress, Asked<never>>();
  const silenced = new Map<AlertmanagerAddress, ReturnType<Alertmanagers['silences']>>();
  const unlessAway = async <Value>(
    at: AlertmanagerAddress,
    ask: () => Promise<Asked<Value>>,
    isRefusalAway = true,
  ): Promise<Asked<Value>> => {
    const before = away.get(at);
    if (before !== undefined) return before;
    const asked = await ask();
    if (!asked.ok && (isRefusalAway || asked.isAway === true)) away.set(at, asked);
    return asked;
  };
  return {
    // One draft that it refuses says nothing of the next.
    put: (at, silence) => unlessAway(at, () => alertmanagers.put(at, silence), false),
    expire: (at, id) => unlessAway(at, () => alertmanagers.expire(at, id), false),
    silences: (at) => {
      const asked = silenced.get(at) ?? unlessAway(at, () => alertmanagers.silences(at));
      silenced.set(at, asked);
      return asked;
    },
    alerts: (at, matchers) => unlessAway(at, () => alertmanagers.alerts(at, matchers)),
    upSince: (at) => unlessAway(at, () => alertmanagers.upSince(at)),
  };
}
