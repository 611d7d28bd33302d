import { referenced, type WidgetModel, type WidgetModels } from './models.ts';

/** CSS that a layout sets and that says what it should on a page. */
const PROPERTIES: ReadonlySet<string> = new Set(
  `width min_width max_width height min_height max_height margin padding border_top border_right border_bottom
border_left overflow visibility display order flex flex_flow align_content align_items align_self justify_content
justify_items grid_area grid_auto_columns grid_auto_flow grid_auto_rows grid_column grid_gap grid_row
grid_template_areas grid_template_columns grid_template_rows object_fit object_position`.split(/\s+/),
);
/** A value must not end its declaration, nor load anything. */
const PLAIN = /^[^;{}<>\\@]*$/;

/** The layout of a widget as the value of a style attribute; undefined for none. */
export function layoutStyle(model: WidgetModel, models: WidgetModels): string | undefined {
  const layout = referenced(models, model.state.layout);
  if (!layout) return undefined;
  const declarations = Object.entries(layout.state).flatMap(([name, value]) => {
    const isCss = PROPERTIES.has(name) && typeof value === 'string' && value !== '';
    if (!isCss || !PLAIN.test(value) || /url\s*\(/i.test(value)) return [];
    return [`${name.replaceAll('_', '-')}: ${value}`];
  });
  return declarations.length === 0 ? undefined : declarations.join('; ');
}
