// SPDX-License-Identifier: Apache-2.0
import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useRef } from 'react';

interface Props {
  label: string;
  accept?: string;
  busy?: boolean;
  primary?: boolean;
  icon?: ReactNode;
  onFile: (file: File) => void;
}

/** A button that asks for a file. */
export function FileButton({ label, accept, busy, primary, icon, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        icon={icon ?? <UploadOutlined />}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ''; // the same file may be chosen again
          if (file) {
            onFile(file);
          }
        }}
      />
    </>
  );
}
