/** The controls of ipywidgets, shown by the front-end's own widget manager. */

export { Accordion, Box, GridBox, HBox, Stack, Tab, VBox } from './boxes.ts';
export { Button, Checkbox, ToggleButton, Valid } from './buttons.ts';
export { closeAll } from './connection.ts';
export type { Observable, Widget } from './define.ts';
export { Image } from './image.ts';
export { interact, interactive } from './interact/interact.ts';
export { Layout, type LayoutTraits } from './layout.ts';
export { jsdlink, jslink, type Link } from './link.ts';
export type { Change } from './model.ts';
export {
  BoundedFloatText,
  BoundedIntText,
  FloatProgress,
  FloatProgress as Progress,
  FloatText,
  IntProgress,
  IntText,
  Play,
} from './numbers.ts';
export type { Offered } from './options.ts';
export { Output } from './output.ts';
export type { SavedOutput } from './outputList.ts';
export { ColorPicker, DatePicker } from './pickers.ts';
export {
  Dropdown,
  RadioButtons,
  Select,
  SelectionSlider,
  SelectMultiple,
  ToggleButtons,
} from './selection.ts';
export {
  FloatLogSlider,
  FloatRangeSlider,
  FloatRangeSlider as RangeSlider,
  FloatSlider,
  IntRangeSlider,
  IntSlider,
} from './sliders.ts';
export { Combobox, HTML, HTMLMath, Label, Password, Text, Textarea } from './text.ts';
