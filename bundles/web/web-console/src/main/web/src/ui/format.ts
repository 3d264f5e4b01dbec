// SPDX-License-Identifier: Apache-2.0
import { type Language, useLanguage } from '../app/preferences';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Words for numbers, sizes and times in one language. */
export interface Format {
  number(value: number, digits?: number): string;
  bytes(value: number): string;
  percent(share: number, digits?: number): string;
  /** Date and time to the second, in the zone of the browser. */
  time(instant: string | number | null | undefined): string;
  date(instant: string | number | null | undefined): string;
  /** How long ago, or how far ahead. */
  ago(instant: string | number | null | undefined, now?: number): string;
  /** A length of time in its two largest units. */
  seconds(value: number): string;
}

function create(language: Language): Format {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const valid = (instant: string | number | null | undefined): Date | undefined => {
    const date = instant === null || instant === undefined || instant === '' ? undefined : new Date(instant);
    return date && !Number.isNaN(date.getTime()) ? date : undefined;
  };
  const number = (value: number, digits = 0) =>
    value.toLocaleString(locale, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  const unit = (value: number, one: string, chinese: string) =>
    language === 'zh' ? `${value} ${chinese}` : `${value} ${one}`;
  return {
    number,
    bytes: (value) => {
      let rest = Math.abs(value);
      let step = 0;
      while (rest >= 1024 && step < UNITS.length - 1) {
        rest /= 1024;
        step += 1;
      }
      return `${value < 0 ? '−' : ''}${number(rest, step === 0 || rest >= 100 ? 0 : rest >= 10 ? 1 : 2)} ${UNITS[step]}`;
    },
    percent: (share, digits = 0) => `${number(share * 100, digits)} %`,
    time: (instant) => {
      const date = valid(instant);
      return date ? times.format(date) : '–';
    },
    date: (instant) => {
      const date = valid(instant);
      return date ? dates.format(date) : '–';
    },
    ago: (instant, now = Date.now()) => {
      const date = valid(instant);
      if (!date) {
        return '–';
      }
      const seconds = Math.round((date.getTime() - now) / 1000);
      const size = Math.abs(seconds);
      if (size < MINUTE) {
        return relative.format(seconds, 'second');
      }
      if (size < HOUR) {
        return relative.format(Math.round(seconds / MINUTE), 'minute');
      }
      if (size < DAY) {
        return relative.format(Math.round(seconds / HOUR), 'hour');
      }
      return relative.format(Math.round(seconds / DAY), 'day');
    },
    seconds: (value) => {
      const whole = Math.max(0, Math.round(value));
      if (whole < MINUTE) {
        return unit(whole, 's', '秒');
      }
      if (whole < HOUR) {
        const rest = whole % MINUTE;
        return unit(Math.floor(whole / MINUTE), 'min', '分') + (rest ? ` ${unit(rest, 's', '秒')}` : '');
      }
      if (whole < DAY) {
        const rest = Math.floor((whole % HOUR) / MINUTE);
        return unit(Math.floor(whole / HOUR), 'h', '小时') + (rest ? ` ${unit(rest, 'min', '分')}` : '');
      }
      const rest = Math.floor((whole % DAY) / HOUR);
      return unit(Math.floor(whole / DAY), 'd', '天') + (rest ? ` ${unit(rest, 'h', '小时')}` : '');
    },
  };
}

const formats: Record<Language, Format> = { en: create('en'), zh: create('zh') };

export const formatOf = (language: Language): Format => formats[language];
export const useFormat = (): Format => formats[useLanguage()];

/** Seconds of an ISO-8601 duration (`PT1H2M3.5S`) or of a plain number of seconds, as the appliance sends them. */
export function durationSeconds(text: string | number): number {
  if (typeof text === 'number') {
    return text;
  }
  const parts = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text);
  if (!parts) {
    return 0;
  }
  const [, days, hours, minutes, seconds] = parts;
  return Number(days ?? 0) * DAY + Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0);
}
