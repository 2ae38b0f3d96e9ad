"""Addresses of what is told: page and files of a report, the session about it, the track, and the own result."""

from django.urls import include, path

from reports import comparing, downloads, memos, views
from reports.batches import views as batches
from reports.checking import check
from reports.receipt import receipt, receipt_beside, receipt_pdf
from reports.session import views as session
from reports.session import voices
from reports.sharing import desk as sharing
from reports.sharing import members as shared
from reports.track import agreements, choices
from reports.track import views as track

app_name = "reports"

session_urls = [
    path("voorbereiding/", session.preparation, name="preparation"),
    path("presentatie/", session.presentation, name="presentation"),
    path("niveau-volgens-de-groep/", session.group_levels, name="group_levels"),
    path("themas/toevoegen/", voices.theme_add, name="theme_add"),
    path("themas/<int:theme>/", voices.theme, name="theme"),
    path("themas/<int:theme>/naar-boven/", voices.theme_up, name="theme_up"),
    path("themas/<int:theme>/verwijderen/", voices.theme_delete, name="theme_delete"),
    path("citaten/kiezen/<uuid:answer>/", voices.quote_add, name="quote_add"),
    path("citaten/<int:quote>/", voices.quote, name="quote"),
    path("citaten/<int:quote>/verwijderen/", voices.quote_delete, name="quote_delete"),
]

result_urls = [
    path("resultaat/", views.result, name="result"),
    path("rapport.pdf", downloads.download, {"kind": downloads.Kind.REPORT_PDF}, name="forum_pdf"),
    path("cijfers.xlsx", downloads.download, {"kind": downloads.Kind.FIGURES_XLSX}, name="figures_xlsx"),
    path("cijfers.csv", downloads.download, {"kind": downloads.Kind.FIGURES_CSV}, name="figures_csv"),
    path("cijfers.json", downloads.download, {"kind": downloads.Kind.FIGURES_JSON}, name="figures_json"),
    path("nota/", memos.memo, name="memo"),
    path("nota.pdf", memos.download, {"extension": "pdf"}, name="memo_pdf"),
    path("nota.docx", memos.download, {"extension": "docx"}, name="memo_docx"),
]

sharing_urls = [
    path("", sharing.share, name="share"),
    path("nakijken/", sharing.check, name="share_check"),
    path("voorbeeld.pdf", sharing.preview_pdf, name="share_pdf"),
    path("stoppen/", sharing.end, name="share_end"),
]

# Behind the link of a sharing, for whoever has it; `<token>` is secret and stands in no log.
shared_urls = [
    path("", shared.report, name="shared"),
    path("rapport.pdf", shared.download, {"kind": shared.FILES["pdf"]}, name="shared_pdf"),
    path("cijfers.xlsx", shared.download, {"kind": shared.FILES["xlsx"]}, name="shared_xlsx"),
    path("cijfers.csv", shared.download, {"kind": shared.FILES["csv"]}, name="shared_csv"),
    path("cijfers.json", shared.download, {"kind": shared.FILES["json"]}, name="shared_json"),
    path("nota/", shared.memo, name="shared_memo"),
    path("nota.pdf", shared.memo_download, {"extension": "pdf"}, name="shared_memo_pdf"),
    path("nota.docx", shared.memo_download, {"extension": "docx"}, name="shared_memo_docx"),
]

track_urls = [
    path("", track.show, name="track_year"),
    path("rapport.pdf", track.download, name="track_pdf"),
    path("streefniveaus/", choices.targets, name="targets"),
    path("prioriteiten/", choices.priorities, name="priorities"),
    path("acties/toevoegen/", agreements.add, name="action_add"),
    path("acties/overnemen/", agreements.take_over, name="action_take_over"),
    path("acties/<int:action>/", agreements.show, name="action"),
    path("acties/<int:action>/wijzigen/", agreements.change, name="action_change"),
    path("acties/<int:action>/verplaatsen/", agreements.move, name="action_move"),
    path("acties/<int:action>/verwijderen/", agreements.remove, name="action_remove"),
]

batch_urls = [
    path("", batches.batches, name="batches"),
    path("<int:batch>/", batches.batch, name="batch"),
    path("<int:batch>/rapporten.zip", batches.batch_download, name="batch_download"),
]

urlpatterns = [
    path("rapport-nakijken/", check, name="check"),
    path("cijfers/codeboek.csv", downloads.figures_codebook, name="figures_codebook"),
    path("cijfers/schema.json", downloads.figures_schema, name="figures_schema"),
    path("resultaat/<str:token>/", receipt, name="receipt"),
    path("resultaat/<str:token>/rapport.pdf", receipt_pdf, name="receipt_pdf"),
    path("resultaat/<str:token>/naast-elkaar/", receipt_beside, name="receipt_beside"),
    path("rapport/<str:token>/", include(shared_urls)),
    path("fora/<slug:forum>/vergelijken/", comparing.comparison, name="comparison"),
    path("fora/<slug:forum>/vergelijking.pdf", comparing.comparison_file, name="comparison_pdf"),
    path("fora/<slug:forum>/rondes/<int:round>/", include(result_urls)),
    path("fora/<slug:forum>/rondes/<int:round>/", include(session_urls)),
    path("fora/<slug:forum>/rondes/<int:round>/delen/", include(sharing_urls)),
    path("fora/<slug:forum>/traject/", track.current, name="track"),
    path("fora/<slug:forum>/traject/<int:track>/", include(track_urls)),
    path("rapporten/", include(batch_urls)),
    path("aanbod/", track.offer, name="offer"),
]
