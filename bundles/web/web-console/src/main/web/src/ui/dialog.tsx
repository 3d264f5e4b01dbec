// SPDX-License-Identifier: Apache-2.0
import { Alert, App, Button, Form, type FormInstance, Input, Modal } from 'antd';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../app/api';
import { Copy, ProblemBox } from './basics';
import { texts } from './texts';

/** Runs a change: knows whether it is under way, keeps what went wrong, says when it is done. */
export function useAction(): {
  busy: boolean;
  problem: Problem | undefined;
  clear: () => void;
  /** Resolves to whether it was done; says `done` then, and nothing if that is empty. */
  run: (action: () => Promise<unknown>, done?: string) => Promise<boolean>;
} {
  const { message } = App.useApp();
  const t = texts.use();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = useCallback(
    async (action: () => Promise<unknown>, done?: string) => {
      setBusy(true);
      setProblem(undefined);
      try {
        await action();
        if (done !== '') {
          void message.success(done ?? t.done);
        }
        return true;
      } catch (failure) {
        if (!isAbort(failure)) {
          setProblem(asProblem(failure));
        }
        return false;
      } finally {
        setBusy(false);
      }
    },
    [message, t],
  );
  const clear = useCallback(() => setProblem(undefined), []);
  return { busy, problem, clear, run };
}

/** Gives the focus back to where a dialog was opened when it goes. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    },
    [before],
  );
}

interface FormDialogProps<V extends object> {
  title: string;
  open: boolean;
  onClose: () => void;
  onSubmit: (values: V) => Promise<unknown>;
  initial?: Partial<V>;
  submit?: string;
  done?: string;
  danger?: boolean;
  width?: number;
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
}

/** A form over the page; stays open, with what was typed, when the appliance refuses it. */
export function FormDialog<V extends object>(props: FormDialogProps<V>) {
  return props.open ? <OpenFormDialog {...props} /> : null;
}

function OpenFormDialog<V extends object>({
  title,
  onClose,
  onSubmit,
  initial,
  submit,
  done,
  danger,
  width,
  children,
}: FormDialogProps<V>) {
  const t = texts.use();
  useFocusBack();
  const [form] = Form.useForm<V>();
  const action = useAction();
  const send = async (values: V) => {
    if (await action.run(() => onSubmit(values), done)) {
      onClose();
    }
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      width={width ?? 520}
      mask={{ closable: false }}
      okText={submit ?? t.save}
      cancelText={t.cancel}
      okButtonProps={{ danger, loading: action.busy }}
      onOk={() => form.submit()}
    >
      <Form<V>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={(values) => void send(values)}
        requiredMark="optional"
        autoComplete="off"
        validateMessages={{ required: t.required }}
      >
        {typeof children === 'function' ? children(form) : children}
        <input type="submit" hidden />
      </Form>
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
    </Modal>
  );
}

export interface Question {
  title: string;
  /** What will happen, one sentence each. */
  consequences: readonly string[];
  ok: string;
  danger?: boolean;
  /** Has to be typed first; for what cannot be undone. */
  word?: string;
  run: () => Promise<unknown>;
  done?: string;
}

/** Asks before something destructive: `ask` opens the question, `holder` is where it is drawn. */
export function useConfirm(): { ask: (question: Question) => void; holder: ReactNode } {
  const [question, setQuestion] = useState<Question>();
  return {
    ask: setQuestion,
    holder: question ? <ConfirmDialog question={question} onClose={() => setQuestion(undefined)} /> : null,
  };
}

function ConfirmDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const t = texts.use();
  useFocusBack();
  const action = useAction();
  const [typed, setTyped] = useState('');
  const ready = !question.word || typed === question.word;
  const go = async () => {
    if (ready && (await action.run(question.run, question.done))) {
      onClose();
    }
  };
  return (
    <Modal
      open
      title={question.title}
      onCancel={onClose}
      okText={question.ok}
      cancelText={t.cancel}
      okButtonProps={{ danger: question.danger ?? true, loading: action.busy, disabled: !ready }}
      onOk={() => void go()}
    >
      <p className="quiet">{t.consequences}</p>
      <ul className="bullets">
        {question.consequences.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {question.word ? (
        <Form layout="vertical" onFinish={() => void go()} style={{ marginTop: 12 }}>
          <Form.Item label={t.typeToConfirm(question.word)} htmlFor="confirm-word">
            <Input
              id="confirm-word"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoFocus
            />
          </Form.Item>
        </Form>
      ) : null}
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
    </Modal>
  );
}

interface SecretDialogProps {
  title: string;
  /** Names and values that are shown this once. */
  values: readonly (readonly [string, string])[] | undefined;
  onClose: () => void;
}

/** Shows what will never be shown again. */
export function SecretDialog({ title, values, onClose }: SecretDialogProps) {
  const t = texts.use();
  return (
    <Modal
      open={values !== undefined}
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.kept}
        </Button>
      }
    >
      <Alert type="warning" title={t.keepSecret} />
      {values?.map(([name, value]) => (
        <div key={name} style={{ marginTop: 12 }}>
          <div className="split">
            <span className="quiet">{name}</span>
            <Copy text={value} label={name} />
          </div>
          <pre className="code">{value}</pre>
        </div>
      ))}
    </Modal>
  );
}
