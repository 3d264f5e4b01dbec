// SPDX-License-Identifier: Apache-2.0
import locale from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';

export { locale };
