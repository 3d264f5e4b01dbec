// SPDX-License-Identifier: Apache-2.0
// Every page of the console: a name for its screenshot and its address.
export const pages = [
  ['overview', '/'],
  ['bundles', '/bundles'],
  ['hardware', '/hardware'],
  ['operations', '/operations'],
  ['metrics', '/figures'],
  ['notices', '/notices'],
  ['rules', '/notices?view=rules'],
  ['storage', '/storage'],
  ['users', '/users'],
  ['user', '/users/person?name=admin'],
  ['groups', '/groups'],
  ['permissions', '/permissions'],
  ['account', '/account'],
  ['audit', '/audit'],
  ['backup', '/backup'],
  ['settings', '/settings'],
  ['settings-mail', '/settings?section=mail'],
  ['upgrades', '/upgrades'],
  ['reference', '/reference'],
  ['certificate', '/settings?section=certificate'],
];
