// SPDX-License-Identifier: Apache-2.0
import { api } from '../../app/api';
import { useLoad } from '../../app/useLoad';
import { Card, Facts, Loaded, Tag } from '../../ui/basics';
import { useFormat } from '../../ui/format';
import { texts } from './texts';

interface Network {
  hostName: string;
  bind: string;
  interfaces: { name: string; up: boolean; addresses: string[]; mac: string | null }[];
}

interface Time {
  now: string;
  zone: string;
  synchronized: boolean | null;
  source: string;
  detail: string;
}

/** What the network is, below what can be set of it. */
export function NetworkNow() {
  const t = texts.use();
  const network = useLoad('network', (signal) => api.get<Network>('system/network', {}, signal));
  return (
    <Card title={t.networkNow}>
      <Loaded state={network}>
        {(data) => (
          <>
            <Facts
              pairs={[
                [t.hostName, data.hostName],
                [t.bind, <code key="bind">{data.bind}</code>],
              ]}
            />
            <h3 className="sub">{t.interfaces}</h3>
            <ul className="plain-list">
              {data.interfaces.map((each) => (
                <li key={each.name}>
                  <div className="split">
                    <span>
                      <strong>{each.name}</strong> <code className="quiet">{each.mac}</code>
                    </span>
                    <Tag tone={each.up ? 'ok' : 'calm'}>{each.up ? t.up : t.down}</Tag>
                  </div>
                  <div className="mono quiet">{each.addresses.join(', ')}</div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** What the clock is, below what can be set of it. */
export function TimeNow() {
  const t = texts.use();
  const format = useFormat();
  const time = useLoad('time', (signal) => api.get<Time>('system/time', {}, signal), { everySeconds: 10 });
  return (
    <Card title={t.timeNow}>
      <Loaded state={time}>
        {(data) => (
          <>
            <Facts
              pairs={[
                [t.now, format.time(data.now)],
                [t.zone, data.zone],
                [t.synchronized, data.synchronized === null ? t.unknown : data.synchronized ? t.yes : t.no],
                [t.source, data.source],
              ]}
            />
            <p className="quiet">{data.detail}</p>
          </>
        )}
      </Loaded>
    </Card>
  );
}
