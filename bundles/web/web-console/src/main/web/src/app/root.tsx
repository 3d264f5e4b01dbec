// SPDX-License-Identifier: Apache-2.0
import { Component, lazy, type ReactNode, Suspense } from 'react';
import { NewPassword } from '../signin/newPassword';
import { SignIn } from '../signin/page';
import { reloadOnce } from './chunks';
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

/** Shows what went wrong instead of a white page; a missing chunk loads the page anew. */
export class Safety extends Component<{ children: ReactNode; place: string }, { failed: string; place: string }> {
  override state = { failed: '', place: this.props.place };

  static getDerivedStateFromError(failure: unknown) {
    return { failed: failure instanceof Error ? failure.message : String(failure) };
  }

  static getDerivedStateFromProps(props: { place: string }, state: { place: string }) {
    return props.place === state.place ? null : { failed: '', place: props.place };
  }

  override componentDidCatch(failure: unknown) {
    if (failure instanceof TypeError && /import|module/i.test(failure.message)) {
      reloadOnce();
    }
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
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
