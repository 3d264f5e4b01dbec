// SPDX-License-Identifier: Apache-2.0
import {
  ApiOutlined,
  AppstoreOutlined,
  AreaChartOutlined,
  AuditOutlined,
  BellOutlined,
  CloudUploadOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  HddOutlined,
  SafetyCertificateOutlined,
  SaveOutlined,
  SettingOutlined,
  SyncOutlined,
  TeamOutlined,
  UserOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { dictionary } from './app/i18n';
import { allows, isOwner, type Session } from './app/session';

/** What a page is given: the parts of its address that its pattern names. */
export interface PageProps {
  params: Record<string, string>;
}

export const groups = ['appliance', 'data', 'people', 'system'] as const;
export type Group = (typeof groups)[number];

export const pageTexts = dictionary(
  {
    appliance: 'Appliance',
    data: 'Data',
    people: 'People',
    system: 'System',
    overview: 'Overview',
    bundles: 'Bundles and features',
    hardware: 'Hardware',
    operations: 'Operations',
    metrics: 'Metrics',
    notices: 'Notices',
    storage: 'Storage',
    bucket: 'Bucket',
    users: 'Users',
    groups: 'Groups',
    permissions: 'Permissions',
    audit: 'Audit',
    settings: 'Settings',
    backup: 'Backup',
    upgrades: 'Upgrades',
    reference: 'API reference',
    account: 'My account',
  },
  {
    appliance: '设备',
    data: '数据',
    people: '人员',
    system: '系统',
    overview: '概览',
    bundles: '组件与功能',
    hardware: '硬件',
    operations: '任务',
    metrics: '指标',
    notices: '通知',
    storage: '存储',
    bucket: '存储桶',
    users: '用户',
    groups: '用户组',
    permissions: '权限表',
    audit: '审计',
    settings: '设置',
    backup: '备份',
    upgrades: '升级',
    reference: 'API 参考',
    account: '我的账号',
  },
);

export interface PageEntry {
  /** Pattern of the address. */
  path: string;
  title: Exclude<keyof ReturnType<typeof pageTexts.now>, Group>;
  /** Place in the navigation; a page without one is reached from others. */
  group?: Group;
  icon: ComponentType;
  /** Domain that has to be readable; empty: anybody who is signed in. */
  domain: string;
  ownerOnly?: boolean;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** Every page: one line here, one folder below the domain's. */
export const pages: readonly PageEntry[] = [
  {
    path: '/',
    title: 'overview',
    group: 'appliance',
    icon: DashboardOutlined,
    domain: '',
    load: () => import('./system/overview/page'),
  },
  {
    path: '/bundles',
    title: 'bundles',
    group: 'appliance',
    icon: AppstoreOutlined,
    domain: 'system',
    load: () => import('./system/bundles/page'),
  },
  {
    path: '/hardware',
    title: 'hardware',
    group: 'appliance',
    icon: HddOutlined,
    domain: 'hardware',
    load: () => import('./hardware/facts/page'),
  },
  {
    path: '/operations',
    title: 'operations',
    group: 'appliance',
    icon: SyncOutlined,
    domain: 'system',
    load: () => import('./system/operations/page'),
  },
  {
    path: '/figures',
    title: 'metrics',
    group: 'appliance',
    icon: AreaChartOutlined,
    domain: 'system',
    load: () => import('./system/metrics/page'),
  },
  {
    path: '/notices',
    title: 'notices',
    group: 'appliance',
    icon: BellOutlined,
    domain: 'system',
    load: () => import('./system/notices/page'),
  },
  {
    path: '/storage',
    title: 'storage',
    group: 'data',
    icon: DatabaseOutlined,
    domain: 'storage',
    load: () => import('./storage/usage/page'),
  },
  {
    path: '/storage/bucket',
    title: 'bucket',
    icon: DatabaseOutlined,
    domain: 'storage',
    load: () => import('./storage/bucket/page'),
  },
  {
    path: '/users',
    title: 'users',
    group: 'people',
    icon: TeamOutlined,
    domain: 'users',
    load: () => import('./users/people/page'),
  },
  {
    path: '/users/person',
    title: 'users',
    icon: TeamOutlined,
    domain: 'users',
    load: () => import('./users/person/page'),
  },
  {
    path: '/groups',
    title: 'groups',
    group: 'people',
    icon: UsergroupAddOutlined,
    domain: 'users',
    load: () => import('./users/groups/page'),
  },
  {
    path: '/permissions',
    title: 'permissions',
    group: 'people',
    icon: SafetyCertificateOutlined,
    domain: '',
    load: () => import('./users/permissions/page'),
  },
  {
    path: '/audit',
    title: 'audit',
    group: 'people',
    icon: AuditOutlined,
    domain: 'audit',
    load: () => import('./audit/records/page'),
  },
  {
    path: '/account',
    title: 'account',
    icon: UserOutlined,
    domain: '',
    load: () => import('./users/account/page'),
  },
  {
    path: '/settings',
    title: 'settings',
    group: 'system',
    icon: SettingOutlined,
    domain: 'system',
    load: () => import('./system/settings/page'),
  },
  {
    path: '/backup',
    title: 'backup',
    group: 'system',
    icon: SaveOutlined,
    domain: 'system',
    ownerOnly: true,
    load: () => import('./system/backup/page'),
  },
  {
    path: '/upgrades',
    title: 'upgrades',
    group: 'system',
    icon: CloudUploadOutlined,
    domain: 'upgrades',
    load: () => import('./upgrades/swaps/page'),
  },
  {
    path: '/reference',
    title: 'reference',
    group: 'system',
    icon: ApiOutlined,
    domain: '',
    load: () => import('./system/reference/page'),
  },
];

export function mayOpen(page: PageEntry, session: Session): boolean {
  return (page.domain === '' || allows(session, page.domain, 'read')) && (!page.ownerOnly || isOwner(session));
}

