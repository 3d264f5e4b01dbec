// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../app/preferences';
import { Bar, Tag } from '../../ui/basics';
import { type Format, useFormat } from '../../ui/format';
import { isRunning, type Operation, toneOfOperation, word } from '../model';
import { texts } from './texts';

function amount(operation: Operation, format: Format, t: ReturnType<typeof texts.now>): string {
  if (operation.unit === 'bytes') {
    return operation.total > 0
      ? t.of(format.bytes(operation.done), format.bytes(operation.total), '')
      : format.bytes(operation.done);
  }
  const unit = operation.unit === 'objects' ? t.objects : operation.unit === 'steps' ? t.steps : operation.unit;
  return operation.total > 0
    ? t.of(format.number(operation.done), format.number(operation.total), unit)
    : t.so(format.number(operation.done), unit);
}

/** Where an operation stands: state, share done, what it waits for, what it says. */
export function Progress({ operation }: { operation: Operation }) {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const running = isRunning(operation);
  return (
    <div className="progress">
      <div className="split">
        <Tag tone={toneOfOperation[operation.state]}>{word(operation.state, language)}</Tag>
        {running && (operation.total > 0 || operation.done > 0) ? (
          <span className="quiet">{amount(operation, format, t)}</span>
        ) : null}
      </div>
      {running ? (
        <Bar share={operation.total > 0 ? operation.done / operation.total : -1} label={operation.title} />
      ) : null}
      {operation.waitingFor ? <div>{t.waits(operation.waitingFor)}</div> : null}
      {operation.message ? <div className="quiet">{operation.message}</div> : null}
      {operation.nextAction ? <div>{operation.nextAction}</div> : null}
    </div>
  );
}
