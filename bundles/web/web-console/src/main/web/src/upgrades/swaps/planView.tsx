// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { api } from '../../app/api';
import { Card, Copy, Facts, Tag } from '../../ui/basics';
import { useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { CONSOLE, type Plan, type Swap } from './model';
import './swaps.css';
import { texts } from './texts';

interface Props {
  plan: Plan;
  begun: (swap: Swap) => void;
  discard: () => void;
}

type Texts = ReturnType<typeof texts.now>;

/** `name/version` as people write it. */
const spoken = (items: readonly string[]): string => items.map((each) => each.replace('/', ' ')).join(', ');

/** What a plan does, one sentence for each of its parts that is not empty. */
function sentencesOf(plan: Plan, waits: string, t: Texts): string[] {
  return [
    t.adds(spoken(plan.add) || `${plan.bundle} ${plan.toVersion}`),
    plan.owned.length > 0 ? t.handsOver(plan.owned.join(', ')) : t.handsOverNothing,
    plan.affectedPorts.length > 0 ? t.portsStay(plan.affectedPorts.join(', ')) : t.noPorts,
    waits,
    t.removes(spoken(plan.remove) || `${plan.bundle} ${plan.fromVersion}`),
    ...(plan.refresh.length > 0 ? [t.refreshes(spoken(plan.refresh))] : []),
    t.goesBack(plan.fromVersion),
  ];
}

/** What a swap would do, and the way to do it. */
export function PlanView({ plan, begun, discard }: Props) {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const waits =
    plan.longestPauseMillis > 0 ? t.waits(`${format.number(plan.longestPauseMillis)} ms`) : t.waitsNever;
  const older = plan.toVersion.localeCompare(plan.fromVersion, 'en', { numeric: true }) < 0;
  const execute = () =>
    confirm.ask({
      title: t.executeTitle(plan.bundle),
      consequences: [
        t.executeVersions(plan.fromVersion, plan.toVersion),
        waits,
        t.goesBack(plan.fromVersion),
        ...(plan.bundle === CONSOLE ? [t.executeConsole] : []),
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
      {older ? <p className="hint warn">{t.older}</p> : null}
      <ol className="plan-words">
        {sentencesOf(plan, waits, t).map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ol>
      <Facts
        pairs={[
          [t.feature, plan.feature],
          [
            t.hash,
            <span key="hash">
              <code>{plan.hash}</code> <Copy text={plan.hash} label={t.hash} />
            </span>,
          ],
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
