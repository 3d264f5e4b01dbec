// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Copy, Facts, Loaded, Tag } from '../../ui/basics';
import { FormDialog } from '../../ui/dialog';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/format';
import { texts } from './texts';

interface Certificate {
  subject: string;
  issuer: string;
  names: string[];
  sha256: string;
  notBefore: string;
  notAfter: string;
  ownCa: boolean;
}

interface Names {
  names?: string;
}

interface Install {
  certificatePem: string;
  keyPem?: string;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

const namesOf = (values: Names): string[] =>
  (values.names ?? '')
    .split(/[\n,]/)
    .map((each) => each.trim())
    .filter(Boolean);

function Validity({ certificate }: { certificate: Certificate }) {
  const t = texts.use();
  const format = useFormat();
  const days = Math.floor((Date.parse(certificate.notAfter) - Date.now()) / DAY_MS);
  return (
    <>
      {format.date(certificate.notBefore)} – {format.date(certificate.notAfter)}{' '}
      {days < 0 ? (
        <Tag tone="bad">{t.ended}</Tag>
      ) : days < SOON_DAYS ? (
        <Tag tone="warn">{t.endsSoon(format.number(days))}</Tag>
      ) : null}
    </>
  );
}

/** The certificate of the appliance: what it is, and the ways to another one. */
export function CertificatePanel() {
  const t = texts.use();
  const may = useMay('system');
  const [open, setOpen] = useState<'renew' | 'request' | 'upload'>();
  const [request, setRequest] = useState('');
  const close = () => {
    setOpen(undefined);
    setRequest('');
  };
  const certificate = useLoad('certificate', (signal) => api.get<Certificate>('system/certificate', {}, signal));
  return (
    <Card title={t.certificate}>
      <p className="quiet lead-in">{t.certificateIntro}</p>
      <Loaded state={certificate}>
        {(data) => (
          <>
            <Facts
              pairs={[
                [t.subject, data.subject],
                [t.issuer, data.ownCa ? `${data.issuer} (${t.ownCa})` : data.issuer],
                [t.names, data.names.join(', ')],
                [t.valid, <Validity key="valid" certificate={data} />],
                [
                  t.fingerprint,
                  <span key="hash">
                    <code>{data.sha256}</code> <Copy text={data.sha256} label={t.fingerprint} />
                  </span>,
                ],
              ]}
            />
            <div className="row" style={{ marginTop: 14 }}>
              {data.ownCa ? (
                <Button title={t.trustHint} onClick={() => download('system/certificate/ca', {}, 'solera-ca.pem')}>
                  {t.trust}
                </Button>
              ) : null}
              {may ? (
                <>
                  <Button onClick={() => setOpen('renew')}>{t.renew}</Button>
                  <Button onClick={() => setOpen('request')}>{t.request}</Button>
                  <Button onClick={() => setOpen('upload')}>{t.upload}</Button>
                </>
              ) : null}
            </div>
          </>
        )}
      </Loaded>
      <FormDialog<Names>
        title={t.renewTitle}
        open={open === 'renew'}
        onClose={close}
        submit={t.renew}
        done={t.installed}
        onSubmit={async (values) => {
          await api.post('system/certificate/renew', { names: namesOf(values) });
          certificate.reload();
        }}
      >
        <p className="lead-in">{t.renewWhat}</p>
        <Form.Item name="names" label={t.renewNames} extra={t.renewNamesHint}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </FormDialog>
      <FormDialog<Names>
        title={t.requestTitle}
        open={open === 'request' && request === ''}
        onClose={close}
        submit={t.request}
        done=""
        onSubmit={async (values) => {
          const made = await api.post<{ requestPem: string }>('system/certificate/request', { names: namesOf(values) });
          // After the form has closed itself, the request stands in its place.
          setTimeout(() => {
            setRequest(made.requestPem);
            setOpen('request');
          });
        }}
      >
        <p className="lead-in">{t.requestWhat}</p>
        <Form.Item name="names" label={t.renewNames} extra={t.renewNamesHint}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </FormDialog>
      {request ? (
        <div style={{ marginTop: 14 }}>
          <div className="split">
            <span>{t.requestMade}</span>
            <Copy text={request} label={t.requestTitle} />
          </div>
          <pre className="code">{request}</pre>
        </div>
      ) : null}
      <FormDialog<Install>
        title={t.upload}
        open={open === 'upload'}
        onClose={close}
        submit={t.upload}
        done={t.installed}
        width={640}
        onSubmit={async ({ certificatePem, keyPem }) => {
          await api.put('system/certificate', { certificatePem, ...(keyPem?.trim() ? { keyPem } : {}) });
          certificate.reload();
        }}
      >
        <p className="lead-in">{t.uploadWhat}</p>
        <Form.Item name="certificatePem" label={t.certificatePem} rules={[{ required: true }]}>
          <Input.TextArea rows={6} spellCheck={false} className="mono" />
        </Form.Item>
        <Form.Item name="keyPem" label={t.keyPem} extra={t.keyPemHint}>
          <Input.TextArea rows={5} spellCheck={false} className="mono" />
        </Form.Item>
      </FormDialog>
    </Card>
  );
}
