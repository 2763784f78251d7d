/**
 * The form in which texts are compared without case: compatibility-composed, so that full-width
 * and combined letters meet their plain forms, then lower case. Done here rather than by a
 * database, because databases fold ASCII only or each in their own way.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}
