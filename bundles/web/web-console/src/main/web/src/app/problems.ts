// SPDX-License-Identifier: Apache-2.0
import { asProblem, type Problem } from './api';
import { dictionary } from './i18n';
import { type Language } from './preferences';

/** A failure in the words of the reader: the cause, what to do, and the id by which support finds it. */
export interface Told {
  cause: string;
  /** What the appliance said, where the cause above is a translation of the code only. */
  original: string;
  nextAction: string;
  requestId: string;
}

/**
 * Causes by code. English falls back to what the appliance said, which is more precise; Chinese shows the translated code
 * and the original sentence below it.
 */
const causes = dictionary(
  {
    UNREACHABLE: 'The appliance does not answer.',
    CONSOLE: 'The console failed.',
    UNAUTHENTICATED: 'Name or password is wrong.',
  },
  {
    UNREACHABLE: '设备没有响应。',
    CONSOLE: '控制台出错。',
    UNAUTHENTICATED: '用户名或密码不正确。',
  },
);

const actions = dictionary(
  {
    UNREACHABLE: 'Check the network and the power of the box; the console tries again by itself.',
    CONSOLE: 'Load the page again. If it happens again, tell support what you did.',
  },
  {
    UNREACHABLE: '请检查网络和设备电源；控制台会自动重试。',
    CONSOLE: '请重新加载页面。如果再次发生，请把操作步骤告诉技术支持。',
  },
);

const CHINESE: Record<string, [cause: string, nextAction: string]> = {
  INVALID_REQUEST: ['请求的内容不被接受。', '请修改标出的值后重试。'],
  UNAUTHENTICATED: ['登录已失效或凭据不正确。', '请重新登录。'],
  SECOND_FACTOR_NEEDED: ['需要第二因素验证码。', '请输入验证器应用中的验证码或一个恢复码。'],
  PASSWORD_CHANGE_REQUIRED: ['必须先修改密码。', '请设置新密码。'],
  FORBIDDEN: ['您没有执行此操作的权限。', '请让所有者为您授予合适的角色。'],
  CSRF: ['此页面的会话标识已过期。', '请重新加载页面后重试。'],
  NOT_FOUND: ['找不到所指的对象，它可能已被删除。', '请刷新列表。'],
  CONFLICT: ['对象当前的状态不允许此操作。', '请刷新后查看其状态。'],
  PRECONDITION_FAILED: ['其他人刚刚修改过这一项。', '请重新加载，查看他人的修改，然后再改一次。'],
  PRECONDITION_REQUIRED: ['缺少所依据的版本。', '请重新加载页面后重试。'],
  TOO_LARGE: ['内容过大。', '请发送较小的内容。'],
  BUSY: ['设备正忙，或尝试次数过多。', '请稍候再试。'],
  DRAINING: ['正在替换提供此功能的组件。', '请几秒后重试。'],
  INTERNAL: ['设备内部出错。', '请重试；如果再次发生，请把请求编号告诉技术支持。'],
  NO_SPACE: ['空间不足。', '请删除不需要的数据或增加硬盘。'],
  TOO_FEW_DRIVES: ['在线的硬盘太少。', '请检查硬盘。'],
  BUCKET_EXISTS: ['同名的存储桶已存在。', '请换一个名称。'],
  BUCKET_NOT_EMPTY: ['存储桶不为空。', '请先删除其中的对象。'],
  INVALID_BUCKET_NAME: ['存储桶名称不符合规则。', '请使用 3 到 63 个小写字母、数字、点或连字符。'],
  NO_SUCH_BUCKET: ['存储桶不存在。', '请刷新列表。'],
  NOT_A_BUNDLE: ['该文件不是本产品的组件包。', '请选择供应商提供的文件。'],
  SAME_VERSION: ['该版本已在运行。', '无需升级。'],
  NEEDS_RESTART: ['此组件不能在运行中替换。', '请使用需要重启的升级方式。'],
  STALE_PLAN: ['计划已过期：系统在此期间发生了变化。', '请重新上传以生成新的计划。'],
  DOES_NOT_RESOLVE: ['新组件的依赖没有得到满足。', '请查看详细信息中缺少的内容。'],
  DOES_NOT_START: ['新组件无法启动；旧版本继续服务。', '请把详细信息告诉供应商。'],
  UNHEALTHY: ['新组件未通过健康检查；旧版本继续服务。', '请把详细信息告诉供应商。'],
};

export function tell(failure: unknown, language: Language): Told {
  const problem: Problem = asProblem(failure);
  const code = problem.code;
  const words = causes.of(language) as Record<string, string>;
  const next = actions.of(language) as Record<string, string>;
  const chinese = language === 'zh' ? CHINESE[code] : undefined;
  const cause = chinese?.[0] ?? (problem.detail || (words[code] ?? code));
  return {
    cause: code === 'UNREACHABLE' || code === 'CONSOLE' ? (words[code] ?? code) : cause,
    original: (chinese || code === 'CONSOLE') && problem.detail !== cause ? problem.detail : '',
    nextAction: chinese?.[1] ?? (problem.nextAction || (next[code] ?? '')),
    requestId: problem.requestId,
  };
}
