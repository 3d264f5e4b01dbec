// SPDX-License-Identifier: Apache-2.0

/**
 * Gives the nonce of this page to every style element that a script makes. The component library passes it on for its own
 * styles, but not where it measures scroll bars and locks the page below a dialog. {@return the nonce}
 */
export function giveStylesTheNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (made instanceof HTMLStyleElement) {
      made.nonce = nonce;
    }
    return made;
  }) as typeof document.createElement;
  return nonce;
}
