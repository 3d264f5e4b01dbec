// SPDX-License-Identifier: Apache-2.0
import { BellOutlined, SyncOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, type Page } from '../app/api';
import { twin } from '../app/i18n';
import { useLanguage } from '../app/preferences';
import { Link } from '../app/router';
import { useLoad } from '../app/useLoad';
import { isRunning, type Notice, type Operation, toneOfOperation, toneOfSeverity, word } from '../system/model';
import { Bar, Tag } from '../ui/basics';
import { useFormat } from '../ui/format';
import { texts } from './texts';

const SHOWN = 8;

interface BellProps {
  icon: ReactNode;
  label: string;
  count: number;
  calm?: boolean;
  children: (close: () => void) => ReactNode;
}

function Bell({ icon, label, count, calm, children }: BellProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="panel" role="region" aria-label={label}>
          {children(() => setOpen(false))}
        </div>
      }
    >
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        aria-expanded={open}
        title={label}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        {icon}
        {count > 0 ? <span className={calm ? 'count calm' : 'count'}>{count > 99 ? '99+' : count}</span> : null}
      </button>
    </Popover>
  );
}

export function NoticeBell() {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const notices = useLoad(
    'bell',
    (signal) => api.get<Page<Notice>>('system/notices', { open: true, limit: 100 }, signal),
    { topics: ['notices'], everySeconds: 120 },
  );
  const items = notices.data?.items ?? [];
  return (
    <Bell icon={<BellOutlined />} label={t.noticesOpen(items.length)} count={items.length}>
      {(close) => (
        <>
          {items.length === 0 ? <p className="quiet">{t.noNotices}</p> : null}
          <ul className="plain-list">
            {items.slice(0, SHOWN).map((notice) => (
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
          <p className="foot">
            <Link to="/notices" onClick={close}>
              {t.allNotices}
            </Link>
          </p>
        </>
      )}
    </Bell>
  );
}

export function OperationsBell() {
  const t = texts.use();
  const language = useLanguage();
  const running = useLoad(
    'running',
    async (signal) =>
      (await api.get<Page<Operation>>('system/operations', { limit: 50 }, signal)).items.filter(isRunning),
    { topics: ['operations'], everySeconds: 120 },
  );
  const items = running.data ?? [];
  return (
    <Bell
      icon={<SyncOutlined spin={items.length > 0} />}
      label={t.operationsRunning(items.length)}
      count={items.length}
      calm
    >
      {(close) => (
        <>
          {items.length === 0 ? <p className="quiet">{t.noOperations}</p> : null}
          <ul className="plain-list">
            {items.slice(0, SHOWN).map((operation) => (
              <li key={operation.id}>
                <div className="split">
                  <span>{operation.title}</span>
                  <Tag tone={toneOfOperation[operation.state]}>{word(operation.state, language)}</Tag>
                </div>
                <Bar share={operation.total > 0 ? operation.done / operation.total : -1} label={operation.title} />
                {operation.waitingFor ? <div className="quiet">{t.waitsFor(operation.waitingFor)}</div> : null}
              </li>
            ))}
          </ul>
          <p className="foot">
            <Link to="/operations" onClick={close}>
              {t.allOperations}
            </Link>
          </p>
        </>
      )}
    </Bell>
  );
}
