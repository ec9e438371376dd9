"""Addresses of this room."""

from django.urls import path

from linli.core.accounts.views import committee, log, session, tokens, users

app_name = "accounts"
urlpatterns = [
    path("log-in/", session.log_in, name="log-in"),
    path("log-out/", session.log_out, name="log-out"),
    path("password/", session.password_change, name="password-change"),
    path("me/", session.account, name="account"),
    path("users/", users.user_list, name="user-list"),
    path("users/new/", users.user_create, name="user-create"),
    path("users/<int:user_id>/", users.user_detail, name="user-detail"),
    path("users/<int:user_id>/role/", users.user_role, name="user-role"),
    path("users/<int:user_id>/recover/", users.user_recover, name="user-recover"),
    path("users/<int:user_id>/close/", users.user_close, name="user-close"),
    path("desk/", committee.committee_change, name="committee-change"),
    path("roles/", committee.role_labels, name="role-labels"),
    path("tokens/", tokens.token_list, name="token-list"),
    path("tokens/new/", tokens.token_create, name="token-create"),
    path("tokens/<int:token_id>/withdraw/", tokens.token_withdraw, name="token-withdraw"),
    path("log/", log.log_list, name="log-list"),
]
