// SPDX-License-Identifier: Apache-2.0
import { type ConfigProviderProps, theme } from 'antd';
import { type Scheme } from '../app/preferences';

const { darkAlgorithm, defaultAlgorithm } = theme;
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The colours of base.css as tokens of Ant Design. Greys and signal colours are darker (in the dark scheme lighter) than the
 * library's own, whose secondary texts and tags are below a contrast of 4.5 to 1.
 */
export function themeOf(scheme: Scheme): NonNullable<ConfigProviderProps['theme']> {
  const dark = scheme === 'dark';
  const text = dark ? '#e4ebf0' : '#16222b';
  const quiet = dark ? '#a4b2bd' : '#4d5b66';
  return {
    algorithm: dark ? darkAlgorithm : defaultAlgorithm,
    hashed: false,
    cssVar: { key: 'solera' },
    token: {
      colorPrimary: dark ? '#5cb8d6' : '#0b6482',
      colorInfo: dark ? '#5cb8d6' : '#0b6482',
      colorLink: dark ? '#5cb8d6' : '#0b6482',
      colorSuccess: dark ? '#7cd39b' : '#1b6e3c',
      colorWarning: dark ? '#f0bd6b' : '#8a5300',
      colorError: dark ? '#ff9d94' : '#b3261e',
      colorBgBase: dark ? '#161e24' : '#ffffff',
      colorBgLayout: dark ? '#0e1418' : '#f4f6f8',
      colorBgContainer: dark ? '#161e24' : '#ffffff',
      colorBgElevated: dark ? '#1c262d' : '#ffffff',
      colorTextBase: text,
      colorText: text,
      colorTextSecondary: quiet,
      colorTextTertiary: quiet,
      colorTextQuaternary: quiet,
      colorTextDescription: quiet,
      colorTextPlaceholder: quiet,
      colorBorder: dark ? '#46545f' : '#b4bec7',
      colorBorderSecondary: dark ? '#2b3841' : '#d9e0e6',
      colorTextLightSolid: dark ? '#06222c' : '#ffffff',
      borderRadius: 6,
      fontFamily: 'var(--sans)',
      fontFamilyCode: 'var(--mono)',
      fontSize: 14,
      controlHeight: 34,
      motion: !still,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Table: { headerBg: dark ? '#1c262d' : '#f7f9fa', headerColor: quiet, cellPaddingBlock: 10 },
      Tooltip: { colorBgSpotlight: dark ? '#33424d' : '#22313b', colorTextLightSolid: '#ffffff' },
      Tag: { defaultColor: text },
      Segmented: {
        trackBg: dark ? '#1c262d' : '#e6ebef',
        itemSelectedBg: dark ? '#12323e' : '#ffffff',
        itemSelectedColor: dark ? '#8bd0e6' : '#084c63',
        itemColor: quiet,
      },
    },
  };
}
