/** Replacing or hiding selected text would lose the selection. */
export function isSelected(code: Element): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(code, true);
}
