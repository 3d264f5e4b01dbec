// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { api } from '../../app/api';
import { Card, Facts, Tag } from '../../ui/basics';
import { useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { type Plan, type Swap } from './model';
import { texts } from './texts';

interface Props {
  plan: Plan;
  begun: (swap: Swap) => void;
  discard: () => void;
}

/** What a swap would do, and the way to do it. */
export function PlanView({ plan, begun, discard }: Props) {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const list = (items: readonly string[]) =>
    items.length === 0 ? (
      <span className="quiet">{t.nothing}</span>
    ) : (
      <ul className="bullets mono">
        {items.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    );
  const pause = `${format.number(plan.longestPauseMillis)} ms`;
  const execute = () =>
    confirm.ask({
      title: t.executeTitle(plan.bundle),
      consequences: [
        t.executeBeside,
        t.executePause(pause),
        ...(plan.refresh.length > 0 ? [t.executeRefresh(plan.refresh.join(', '))] : []),
        t.executeBack,
      ],
      ok: t.execute,
      danger: false,
      done: t.begun,
      run: async () => {
        begun(await api.post<Swap>(`upgrades/swaps/${encodeURIComponent(plan.hash)}/execute?wait=false`));
      },
    });
  return (
    <Card title={`${t.plan}: ${plan.bundle}`} extra={<Tag tone="info">{`${plan.fromVersion} → ${plan.toVersion}`}</Tag>}>
      <p className="quiet lead-in">{t.planIntro}</p>
      <Facts
        pairs={[
          [t.feature, plan.feature],
          [t.add, list(plan.add)],
          [t.remove, list(plan.remove)],
          [t.refresh, list(plan.refresh)],
          [t.owned, list(plan.owned)],
          [t.ports, plan.affectedPorts.join(', ') || t.nothing],
          [t.pause, pause],
          [t.hash, <code key="hash">{plan.hash}</code>],
        ]}
      />
      <div className="row" style={{ marginTop: 14 }}>
        <Button type="primary" onClick={execute}>
          {t.execute}
        </Button>
        <Button onClick={discard}>{t.discard}</Button>
      </div>
      {confirm.holder}
    </Card>
  );
}
