// SPDX-License-Identifier: Apache-2.0
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { NewPassword } from '../signin/newPassword';
import { SignIn } from '../signin/page';
import { answers, isMissingChunk, reloadOnce } from './chunks';
import { dictionary } from './i18n';
import { loadSession, useSessionState } from './session';

const Frame = lazy(() => import('../frame/frame'));

const texts = dictionary(
  {
    loading: 'Loading the console…',
    unreachable: 'The appliance does not answer.',
    unreachableHint: 'Check the network and the power of the box.',
    again: 'Try again',
    broken: 'This part of the console failed.',
    reload: 'Load the page again',
  },
  {
    loading: '正在加载控制台…',
    unreachable: '设备没有响应。',
    unreachableHint: '请检查网络和设备电源。',
    again: '重试',
    broken: '控制台的这一部分出错。',
    reload: '重新加载页面',
  },
);

const ASK_MS = 3000;

/** A part that could not be fetched because the appliance does not answer: loads the page anew as soon as it does. */
function Missing() {
  const t = texts.use();
  useEffect(() => {
    const timer = setInterval(() => void answers().then((there) => there && window.location.reload()), ASK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="boot" role="alert">
      <div>
        <p>{t.unreachable}</p>
        <p className="quiet">{t.unreachableHint}</p>
      </div>
    </div>
  );
}

interface Failure {
  failed: string;
  /** The part could not be fetched, and the appliance does not answer. */
  unreachable: boolean;
  place: string;
}

/** Shows what went wrong instead of a white page; a missing chunk loads the page anew. */
export class Safety extends Component<{ children: ReactNode; place: string }, Failure> {
  override state = { failed: '', unreachable: false, place: this.props.place };

  static getDerivedStateFromError(failure: unknown) {
    return { failed: failure instanceof Error ? failure.message : String(failure) };
  }

  static getDerivedStateFromProps(props: { place: string }, state: { place: string }) {
    return props.place === state.place ? null : { failed: '', unreachable: false, place: props.place };
  }

  override componentDidCatch(failure: unknown) {
    if (isMissingChunk(failure)) {
      void answers().then((there) => (there ? reloadOnce() : this.setState({ unreachable: true })));
    }
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    if (this.state.unreachable) {
      return <Missing />;
    }
    const t = texts.now();
    return (
      <div className="boot" role="alert">
        <div>
          <p>{t.broken}</p>
          <p className="quiet mono">{this.state.failed}</p>
          <p>
            <button type="button" className="plain-button" onClick={() => window.location.reload()}>
              {t.reload}
            </button>
          </p>
        </div>
      </div>
    );
  }
}

function Waiting() {
  return (
    <div className="boot" role="status">
      {texts.use().loading}
    </div>
  );
}

function Unreachable() {
  const t = texts.use();
  return (
    <main className="boot" role="alert">
      <div>
        <h1>{t.unreachable}</h1>
        <p className="quiet">{t.unreachableHint}</p>
        <p>
          <button type="button" className="plain-button" onClick={() => void loadSession()}>
            {t.again}
          </button>
        </p>
      </div>
    </main>
  );
}

/** What the person may see now: sign-in, a forced change of the password, or the console. */
export function Root() {
  const state = useSessionState();
  switch (state.kind) {
    case 'loading':
      return <Waiting />;
    case 'unreachable':
      return <Unreachable />;
    case 'out':
      return <SignIn providers={state.providers} ended={state.ended} />;
    case 'in':
      return state.session.mustChangePassword ? (
        <NewPassword name={state.session.name} />
      ) : (
        <Safety place="frame">
          <Suspense fallback={<Waiting />}>
            <Frame />
          </Suspense>
        </Safety>
      );
  }
}
