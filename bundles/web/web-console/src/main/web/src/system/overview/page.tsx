// SPDX-License-Identifier: Apache-2.0
import { api, type Page as ListPage } from '../../app/api';
import { twin } from '../../app/i18n';
import { useLanguage } from '../../app/preferences';
import { Link } from '../../app/router';
import { allows, useSession } from '../../app/session';
import { type Loaded as LoadedState, useLoad } from '../../app/useLoad';
import { Bar, Card, Facts, Loaded, Page, Tag } from '../../ui/basics';
import { durationSeconds, useFormat } from '../../ui/format';
import {
  type HealthTree,
  type Info,
  isRunning,
  type Notice,
  type Operation,
  type Port,
  toneOfOperation,
  toneOfSeverity,
  word,
} from '../model';
import { HealthView } from './health';
import { LiveFigures } from './live';
import { texts } from './texts';

interface Profile {
  name: string;
  description: Record<string, string>;
  matches: { profile: string; matches: boolean; reasons: string[] }[];
  problems: string[];
}

interface Usage {
  copies: number;
  objects: number;
  bytes: number;
  drives: { name: string; path: string; online: boolean; totalBytes: number; freeBytes: number }[];
}

const NEARLY_FULL = 0.8;
const FULL = 0.92;

function toneOfUse(share: number): '' | 'warn' | 'bad' {
  return share >= FULL ? 'bad' : share >= NEARLY_FULL ? 'warn' : '';
}

function Headline({ tree }: { tree: HealthTree }) {
  const t = texts.use();
  const parts = tree.domains.flatMap((domain) => domain.bundles.map((bundle) => bundle.status));
  const down = parts.filter((each) => each === 'down').length;
  const degraded = parts.filter((each) => each === 'degraded').length;
  return (
    <div className={`headline${tree.ready ? (degraded > 0 ? ' warn' : '') : ' bad'}`} role="status">
      <strong>{tree.ready ? t.ready : t.notReady}</strong>
      <span className="quiet">{down + degraded === 0 ? t.allUp : t.partsBad(down, degraded)}</span>
    </div>
  );
}

function HealthCard({ tree }: { tree: LoadedState<HealthTree> }) {
  const t = texts.use();
  return (
    <Card title={t.health} extra={<span className="quiet">{t.healthHint}</span>}>
      <Loaded state={tree}>{(data) => <HealthView domains={data.domains} />}</Loaded>
    </Card>
  );
}

function ProfileCard() {
  const t = texts.use();
  const language = useLanguage();
  const profile = useLoad('profile', (signal) => api.get<Profile>('hardware/profile', {}, signal));
  return (
    <Card title={t.profile} extra={<Link to="/hardware">{t.hardwareFacts}</Link>}>
      <Loaded state={profile}>
        {(data) => (
          <>
            <p>
              <strong>{data.name}</strong>
            </p>
            <p className="quiet">{data.description[language === 'zh' ? 'zh-CN' : 'en'] ?? data.description.zh ?? data.description.en}</p>
            <h3 className="sub">{t.why}</h3>
            <ul className="bullets">
              {(data.matches.find((each) => each.profile === data.name)?.reasons ?? []).map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
            {data.problems.length > 0 ? (
              <>
                <h3 className="sub">{t.problems}</h3>
                <ul className="bullets">
                  {data.problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </>
            ) : null}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function VersionsCard() {
  const t = texts.use();
  const format = useFormat();
  const info = useLoad('info', (signal) => api.get<Info>('system/info', {}, signal), { everySeconds: 60 });
  return (
    <Card title={t.versions}>
      <Loaded state={info}>
        {(data) => (
          <Facts
            pairs={[
              [t.product, data.version],
              [t.java, data.java],
              [t.container, data.container],
              [t.started, format.time(data.startedAt)],
              [t.uptime, format.seconds(durationSeconds(data.uptime))],
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

function CapacityCard() {
  const t = texts.use();
  const format = useFormat();
  const usage = useLoad('usage', (signal) => api.get<Usage>('storage/usage', {}, signal), { everySeconds: 30 });
  // Roles that hold for single buckets do not open the figures of the whole appliance.
  return usage.problem?.code === 'FORBIDDEN' ? null : (
    <Card title={t.capacity} extra={<Link to="/storage">{t.storage}</Link>}>
      <Loaded state={usage}>
        {(data) => {
          const total = data.drives.reduce((sum, drive) => sum + drive.totalBytes, 0);
          const free = data.drives.reduce((sum, drive) => sum + drive.freeBytes, 0);
          const share = total > 0 ? (total - free) / total : 0;
          return (
            <>
              <div className="split">
                <span>{t.used(format.bytes(total - free), format.bytes(total))}</span>
                <strong>{format.percent(share, 1)}</strong>
              </div>
              <Bar share={share} tone={toneOfUse(share)} label={t.capacity} />
              <p className="quiet figures">
                {t.objects} {format.number(data.objects)} · {t.stored} {format.bytes(data.bytes)} · {t.copies}{' '}
                {data.copies}
              </p>
              <h3 className="sub">{t.drives}</h3>
              <ul className="drive-map">
                {data.drives.map((drive) => {
                  const used = drive.totalBytes > 0 ? 1 - drive.freeBytes / drive.totalBytes : 0;
                  return (
                    <li key={drive.name} title={drive.path}>
                      <div className="split">
                        <strong>{drive.name}</strong>
                        <Tag tone={drive.online ? 'ok' : 'bad'}>{drive.online ? t.online : t.offline}</Tag>
                      </div>
                      <Bar share={used} tone={toneOfUse(used)} label={drive.name} />
                      <span className="quiet">{t.free(format.bytes(drive.freeBytes))}</span>
                    </li>
                  );
                })}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function PortsCard() {
  const t = texts.use();
  const ports = useLoad('ports', (signal) => api.get<Port[]>('system/ports', {}, signal), { everySeconds: 30 });
  return (
    <Card title={t.ports}>
      <Loaded state={ports}>
        {(data) => (
          <ul className="plain-list">
            {data.map((port) => (
              <li key={port.name}>
                <div className="split">
                  <span>
                    <strong>{port.name}</strong> <span className="mono">{port.address}</span>{' '}
                    <span className="quiet">{port.kind}</span>
                  </span>
                  {port.requireTls ? <Tag flat>{t.tls}</Tag> : null}
                </div>
                <div className="quiet">
                  {t.connections(port.connections)} ·{' '}
                  {port.handlers.length === 0
                    ? t.nobody
                    : port.handlers.map((each) => each.replace(/^org\.solera\./, '')).join(', ')}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

function NoticesCard() {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const notices = useLoad(
    'notices',
    (signal) => api.get<ListPage<Notice>>('system/notices', { open: true, limit: 5 }, signal),
    { topics: ['notices'], everySeconds: 60 },
  );
  return (
    <Card title={t.notices} extra={<Link to="/notices">{t.allNotices}</Link>}>
      <Loaded state={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t.noNotices}</p>
          ) : (
            <ul className="plain-list">
              {items.slice(0, 5).map((notice) => (
                <li key={notice.id}>
                  <div className="split">
                    <Tag tone={toneOfSeverity[notice.severity]}>{word(notice.severity, language)}</Tag>
                    <span className="quiet">{format.ago(notice.since)}</span>
                  </div>
                  <div>{twin(language, notice.title, notice.titleZh)}</div>
                  <div className="quiet">{twin(language, notice.nextAction, notice.nextActionZh)}</div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function OperationsCard() {
  const t = texts.use();
  const language = useLanguage();
  const operations = useLoad(
    'operations',
    (signal) => api.get<ListPage<Operation>>('system/operations', { limit: 50 }, signal),
    { topics: ['operations'], everySeconds: 60 },
  );
  return (
    <Card title={t.operations} extra={<Link to="/operations">{t.allOperations}</Link>}>
      <Loaded state={operations}>
        {({ items }) => {
          const running = items.filter(isRunning).slice(0, 5);
          return running.length === 0 ? (
            <p className="quiet">{t.noOperations}</p>
          ) : (
            <ul className="plain-list">
              {running.map((operation) => (
                <li key={operation.id}>
                  <div className="split">
                    <span>{operation.title}</span>
                    <Tag tone={toneOfOperation[operation.state]}>{word(operation.state, language)}</Tag>
                  </div>
                  <Bar share={operation.total > 0 ? operation.done / operation.total : -1} label={operation.title} />
                  <div className="quiet">{operation.waitingFor || operation.message}</div>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

/** The state of the box on one page. */
export default function Overview() {
  const t = texts.use();
  const session = useSession();
  const system = allows(session, 'system', 'read');
  const tree = useLoad('tree', (signal) => api.get<HealthTree>('system/health/tree', {}, signal), {
    topics: ['health', 'bundles'],
    everySeconds: 30,
    enabled: system,
  });
  return (
    <Page title={t.title}>
      {tree.data ? <Headline tree={tree.data} /> : null}
      {system ? <LiveFigures /> : null}
      <div className="stacks">
        <div>
          {system ? <HealthCard tree={tree} /> : null}
          {allows(session, 'storage', 'read') ? <CapacityCard /> : null}
          {allows(session, 'hardware', 'read') ? <ProfileCard /> : null}
        </div>
        <div>
          {system ? <NoticesCard /> : null}
          {system ? <OperationsCard /> : null}
          {system ? <PortsCard /> : null}
          {system ? <VersionsCard /> : null}
        </div>
      </div>
    </Page>
  );
}
